package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.eval.ImageSettings;

/**
 * A base image whose config is at hand.
 *
 * @param settings of its config
 * @param platform that it really is for
 */
public record KnownBase(ImageSettings settings, PlatformId platform) {}
