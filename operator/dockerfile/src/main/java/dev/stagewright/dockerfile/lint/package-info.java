/**
 * Lint: a {@link dev.stagewright.dockerfile.lint.Linter} runs {@linkplain
 * dev.stagewright.dockerfile.lint.LintCheck checks} over a Dockerfile and collects their findings,
 * less what {@code check=skip} leaves out.
 */
@NullMarked
package dev.stagewright.dockerfile.lint;

import org.jspecify.annotations.NullMarked;
