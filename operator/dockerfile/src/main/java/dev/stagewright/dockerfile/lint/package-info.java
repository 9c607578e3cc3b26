/**
 * Lint: a {@link dev.stagewright.dockerfile.lint.Linter} runs {@linkplain
 * dev.stagewright.dockerfile.lint.LintCheck checks} on a Dockerfile and collects their findings,
 * except the rules in {@code check=skip}.
 */
@NullMarked
package dev.stagewright.dockerfile.lint;

import org.jspecify.annotations.NullMarked;
