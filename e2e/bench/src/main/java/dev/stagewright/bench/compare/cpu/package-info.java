/** Reads the processor time of cgroups and of the machine. */
package dev.stagewright.bench.compare.cpu;
