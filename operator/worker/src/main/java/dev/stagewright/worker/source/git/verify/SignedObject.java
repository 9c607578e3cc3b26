package dev.stagewright.worker.source.git.verify;

import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.lib.GpgConfig.GpgFormat;
import org.eclipse.jgit.lib.SignatureVerifiers;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.util.RawParseUtils;

/**
 * The signature of a commit or tag.
 *
 * @param format the format of the signature; empty if it is unknown
 * @param content the bytes that are signed
 * @param signature the signature
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SignedObject(Optional<GpgFormat> format, byte[] content, byte[] signature) {
  private static final byte[] HEADER = {'g', 'p', 'g', 's', 'i', 'g'};

  private static SignedObject of(byte[] content, byte[] signature) {
    var format = Optional.ofNullable(SignatureVerifiers.getFormat(signature));
    return new SignedObject(format, content, signature);
  }

  /** Separates the signature of a commit, which is a header; empty without a signature. */
  static Optional<SignedObject> of(RevCommit commit) {
    var raw = commit.getRawBuffer();
    int value = RawParseUtils.headerStart(HEADER, raw, 0);
    var signature = Optional.ofNullable(commit.getRawGpgSignature());
    if (value < 0 || signature.isEmpty()) {
      return Optional.empty();
    }
    int start = value - HEADER.length - 1;
    // The header ends with a line feed, unless it is at the end.
    int end = Math.min(RawParseUtils.nextLfSkippingSplitLines(raw, value) + 1, raw.length);
    var content = Arrays.copyOf(raw, raw.length - (end - start));
    System.arraycopy(raw, end, content, start, raw.length - end);
    return Optional.of(of(content, signature.get()));
  }

  /** Separates the signature of a tag, which is the end of its message. */
  static Optional<SignedObject> of(RevTag tag) {
    var raw = tag.getRawBuffer();
    return Optional.ofNullable(tag.getRawGpgSignature())
        .map(signature -> of(Arrays.copyOf(raw, raw.length - signature.length), signature));
  }
}
