package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.protocol.InstructionPosition;

/**
 * Something that ADD takes from elsewhere.
 *
 * @param id {@code r0}, {@code r1}, …, as in {@link dev.stagewright.protocol.Step.Remote}
 * @param source a URL or a git repository
 * @param stage name of the stage that asks for it first
 * @param position of the instruction that asks for it first
 */
public record RemoteSource(
    String id, AddSource source, String stage, InstructionPosition position) {
  /** Where it is, for people; without credentials. */
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
