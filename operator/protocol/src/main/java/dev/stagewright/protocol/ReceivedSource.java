package dev.stagewright.protocol;

/**
 * Prepare has received the source from a client completely.
 *
 * @param bytes size of the archive
 * @param files number of entries
 */
public record ReceivedSource(long bytes, int files) {}
