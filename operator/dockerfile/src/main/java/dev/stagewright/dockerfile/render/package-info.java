/**
 * The model as text: a Dockerfile printed again, parse and plan and lint as JSON, a plan as
 * Mermaid, lint as SARIF, and all of them for people.
 */
@NullMarked
package dev.stagewright.dockerfile.render;

import org.jspecify.annotations.NullMarked;
