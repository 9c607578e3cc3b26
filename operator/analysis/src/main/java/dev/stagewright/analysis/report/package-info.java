/**
 * The report about an image: a document with a stable form, and its output as JSON, as SARIF, and
 * as text for terminals.
 */
@NullMarked
package dev.stagewright.analysis.report;

import org.jspecify.annotations.NullMarked;
