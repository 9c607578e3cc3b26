package dev.stagewright.cache.record;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import java.util.Map;

/**
 * The files that other stages copy from a stage, after its last step. Its key is that of the last
 * step together with the paths.
 *
 * @param build namespace and name of the ImageBuild that ran the stage
 * @param created when the stage ended, in seconds since 1970
 * @param totalMillis duration of all steps of the stage, from its base image on, in milliseconds
 * @param files compressed tar archive of the files
 * @param size uncompressed size of the archive
 * @param selections digest of the files that each known selection reads, by the key of the
 *     selection, so that the keys of later stages are known without the archive
 */
public record FilesRecord(
    String build,
    long created,
    long totalMillis,
    Descriptor files,
    long size,
    Map<String, Digest> selections) {}
