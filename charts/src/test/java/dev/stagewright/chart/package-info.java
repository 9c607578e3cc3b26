/** Tests of the Helm chart, and the manifests that are generated from it. */
@NullMarked
package dev.stagewright.chart;

import org.jspecify.annotations.NullMarked;
