package dev.stagewright.protocol;

import dev.stagewright.layers.oci.Digest;

/** Paths inside the workspace volume, relative to its root. */
public final class Workspace {
  /** Folder of the build context: {@link #TAR} and its index. */
  public static final String CONTEXT = "context";

  /** Folder that holds a folder for each stage. */
  public static final String STAGES = "stages";

  /** Folder that holds a folder for each thing that prepare fetched for ADD. */
  public static final String REMOTES = "remotes";

  /** Folder of the cache mounts, where the build has no claim of its own for them. */
  public static final String CACHE = "cache";

  /** An indexed tar: the context's files, or what a stage exports. */
  public static final String TAR = "files.tar";

  /** The index that belongs to {@link #TAR}. */
  public static final String INDEX = "files.idx";

  /** In a stage's folder: written last. */
  public static final String RESULT = "result.json";

  /** In a stage's folder: layers by digest, as in an OCI image layout. */
  public static final String BLOBS = "blobs/sha256";

  private Workspace() {}

  /** A stage's folder. */
  public static String stage(String id) {
    return STAGES + "/" + id;
  }

  /** The folder of something that prepare fetched: {@link #TAR} and its index. */
  public static String remote(String id) {
    return REMOTES + "/" + id;
  }

  /** A blob's path inside a stage's folder. */
  public static String blob(Digest digest) {
    return BLOBS + "/" + digest.hex();
  }
}
