package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.ImageSettings;

/**
 * A base image with a known config.
 *
 * @param settings of the config
 * @param platform of the config
 */
public record KnownBase(ImageSettings settings, PlatformId platform) {}
