package dev.stagewright.protocol;

import dev.stagewright.layers.oci.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The source of the Dockerfile and the build context. */
public sealed interface SourceRequest {
  /**
   * Small files that are part of the ImageBuild.
   *
   * @param files text by path
   * @param dockerfile text of the Dockerfile, whose path is that of the request; empty if it is one
   *     of the files
   */
  record Inline(Map<String, String> files, Optional<String> dockerfile) implements SourceRequest {
    /** An inline source whose Dockerfile is one of its files. */
    public Inline(Map<String, String> files) {
      this(files, Optional.empty());
    }
  }

  /** A ConfigMap, mounted at {@link Mounts#SOURCE}. */
  record Mounted() implements SourceRequest {}

  /**
   * A volume of the user, mounted at {@link Mounts#SOURCE}. Symbolic links are not followed out of
   * it.
   */
  record Volume() implements SourceRequest {}

  /**
   * Files that a client sends to the standard input of prepare, as in {@code
   * dev.stagewright.protocol.stream}.
   *
   * @param timeoutSeconds how long to wait for a client, and then for more data
   * @param maxBytes largest size of the archive; empty for no limit
   */
  record Stream(long timeoutSeconds, Optional<Long> maxBytes) implements SourceRequest {}

  /**
   * A git repository. Its credentials and certificates, if any, are mounted at {@link Mounts#GIT}.
   *
   * @param url http, https or ssh, or {@code user@host:path}
   * @param revision branch, tag or commit; empty means the remote's HEAD
   * @param directory directory of the repository that is the root of the source; empty means the
   *     whole repository
   * @param keepGitDirectory whether the build context includes {@code .git}; if empty, the build
   *     argument {@code BUILDKIT_CONTEXT_KEEP_GIT_DIR} decides
   * @param verify the objects that must be signed by a key in {@link Mounts#GIT_SIGNING_KEYS};
   *     empty for none
   * @param lfs whether pointers of Git LFS are replaced by their content; empty means false
   */
  record Git(
      String url,
      Optional<String> revision,
      Optional<String> directory,
      Optional<Boolean> keepGitDirectory,
      Optional<SignatureMode> verify,
      Optional<Boolean> lfs)
      implements SourceRequest {
    /** A repository where the build argument decides on {@code .git}. */
    public Git(String url, Optional<String> revision, Optional<String> directory) {
      this(url, revision, directory, Optional.empty());
    }

    /** A repository whose signatures are not verified. */
    public Git(
        String url,
        Optional<String> revision,
        Optional<String> directory,
        Optional<Boolean> keepGitDirectory) {
      this(url, revision, directory, keepGitDirectory, Optional.empty(), Optional.empty());
    }

    /** This repository with required signatures. */
    public Git withVerify(Optional<SignatureMode> mode) {
      return new Git(url, revision, directory, keepGitDirectory, mode, lfs);
    }

    /** This repository with or without the content of Git LFS. */
    public Git withLfs(Optional<Boolean> content) {
      return new Git(url, revision, directory, keepGitDirectory, verify, content);
    }

    /** Whether pointers of Git LFS are replaced by their content. */
    public boolean usesLfs() {
      return lfs.orElse(false);
    }

    /**
     * The address without credentials. The user of an SSH address is part of it, as everybody uses
     * the same one.
     */
    public String publicUrl() {
      return url.matches("(?i)https?://.*")
          ? url.replaceFirst("://[^/@]*@", "://")
          : url.replaceFirst("://([^/@:]*):[^/@]*@", "://$1@");
    }
  }

  /**
   * An archive of a web server. Its credentials and certificates, if any, are mounted at {@link
   * Mounts#SOURCE_ACCESS}.
   *
   * @param url http or https
   * @param digest checksum of the archive, {@code sha256:…}, {@code sha384:…} or {@code sha512:…};
   *     empty if any content is accepted
   * @param directory directory of the archive that is the root of the source; empty means the whole
   *     archive
   * @param stripComponents number of leading path components to remove from all names
   */
  record Http(String url, Optional<String> digest, Optional<String> directory, int stripComponents)
      implements SourceRequest {}

  /**
   * An artifact or image of a registry.
   *
   * @param image reference with a tag or digest
   * @param mediaType media type of the layer to use; empty for all layers of an image, or the only
   *     layer of another artifact
   * @param directory directory of the files that is the root of the source; empty means all files
   * @param credentials path of the directory of the Secret in {@link Mounts#REGISTRY_CREDENTIALS};
   *     empty for the pull secrets only
   * @param authorities name of a directory in {@link Mounts#REGISTRY_TLS} with {@code ca.crt};
   *     empty for none
   */
  record Oci(
      String image,
      Optional<String> mediaType,
      Optional<String> directory,
      Optional<String> credentials,
      Optional<String> authorities)
      implements SourceRequest {
    /** The field of the spec, for messages. */
    public static final String FIELD = "spec.source.oci";

    /** The repository with its credentials and certificates. */
    public BuildRequest.Destination location() {
      return new BuildRequest.Destination(
          FIELD, ImageReference.parse(image).name(), List.of(), credentials, authorities);
    }
  }

  /**
   * An artifact that a source controller of Flux stores in the cluster.
   *
   * @param kind kind of the Flux object
   * @param name name of the Flux object
   * @param url address of the artifact, in the cluster
   * @param digest checksum of the artifact
   * @param revision revision of the artifact
   * @param origin address that the Flux object fetches from, without credentials
   * @param directory directory of the artifact that is the root of the source; empty means the
   *     whole artifact
   */
  record Flux(
      String kind,
      String name,
      String url,
      String digest,
      String revision,
      String origin,
      Optional<String> directory)
      implements SourceRequest {}

  /** The objects of a git repository that must be signed. */
  enum SignatureMode {
    /** The commit. */
    HEAD,
    /** The annotated tag that the revision names. */
    TAG,
    /** Both. */
    TAG_AND_HEAD
  }
}
