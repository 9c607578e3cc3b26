/** The moments of a build of Stagewright, as seen from outside. */
package dev.stagewright.bench.compare.breakdown;
