/** The builders that the comparison runs. */
package dev.stagewright.bench.compare.builder;
