package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.util.Optional;

/**
 * A Dockerfile as far as it could be parsed.
 *
 * @param dockerfile what stands above the mistake; perhaps without a stage
 * @param mistake the first; empty where there is none
 */
public record PartialDockerfile(Dockerfile dockerfile, Optional<DockerfileException> mistake) {}
