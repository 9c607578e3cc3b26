package dev.stagewright.dockerfile.eval;

/** Looks up the config of base images; evaluation asks once for each image and platform. */
@FunctionalInterface
public interface BaseConfigProvider {
  /** The settings of an image that is used as a base. What it throws ends the evaluation. */
  ImageSettings settings(RequiredImage image);
}
