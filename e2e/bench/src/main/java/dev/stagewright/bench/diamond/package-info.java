/** Measures the duration of a build with parallel stages that only sleep. */
package dev.stagewright.bench.diamond;
