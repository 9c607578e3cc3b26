/**
 * The report as one HTML page that needs nothing else: no network, no script. Pictures are SVG in
 * the page, each with a table of the same data.
 */
@NullMarked
package dev.stagewright.analysis.report.page;

import org.jspecify.annotations.NullMarked;
