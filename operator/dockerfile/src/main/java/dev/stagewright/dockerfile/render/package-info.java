/**
 * Renderers: a Dockerfile as text and JSON; a plan as text, JSON and Mermaid; a lint report as
 * text, JSON and SARIF.
 */
@NullMarked
package dev.stagewright.dockerfile.render;

import org.jspecify.annotations.NullMarked;
