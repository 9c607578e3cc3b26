/** The results of a comparison: statistics, table, chart, and file. */
package dev.stagewright.bench.compare.result;
