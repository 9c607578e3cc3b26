package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.protocol.InstructionPosition;

/**
 * A URL or Git repository that ADD reads.
 *
 * @param id {@code r0}, {@code r1}, …, as in {@link dev.stagewright.protocol.Step.Remote}
 * @param source the URL or Git repository
 * @param stage name of the first stage that adds the source
 * @param position of the first instruction that adds the source
 */
public record RemoteSource(
    String id, AddSource source, String stage, InstructionPosition position) {
  /** The address of the source for messages, without credentials. */
  public String address() {
    return switch (source) {
      case AddSource.Local(var path) -> path;
      case AddSource.Http url -> withoutUser(url.url());
      case AddSource.Git git -> withoutUser(git.url()) + git.ref().map(ref -> "#" + ref).orElse("");
    };
  }

  private static String withoutUser(String url) {
    return url.replaceFirst("://[^/@]*@", "://");
  }
}
