package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.util.Optional;

/**
 * The valid part of a Dockerfile.
 *
 * @param dockerfile the part before the error; can be without stages
 * @param error the first error; empty if there is none
 */
public record PartialDockerfile(Dockerfile dockerfile, Optional<DockerfileException> error) {}
