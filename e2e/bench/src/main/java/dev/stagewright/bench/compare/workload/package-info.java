/** The builds of the comparison and their aims. */
package dev.stagewright.bench.compare.workload;
