package dev.stagewright.protocol;

import dev.stagewright.protocol.Step.CopyFrom;
import dev.stagewright.protocol.Step.InlineFile;
import dev.stagewright.protocol.Step.Remote;
import java.util.List;
import java.util.Optional;

/** Builds a {@link Step.Copy}. Without further settings it copies nothing and has no flags. */
public final class CopyStepBuilder {
  private final InstructionPosition position;
  private final CopyFrom from;
  private final String destination;
  private List<String> sources = List.of();
  private List<InlineFile> files = List.of();
  private Optional<String> chown = Optional.empty();
  private Optional<String> chmod = Optional.empty();
  private List<String> exclude = List.of();
  private boolean parents;
  private boolean link;
  private boolean unpack;
  private List<Remote> remotes = List.of();

  CopyStepBuilder(InstructionPosition position, CopyFrom from, String destination) {
    this.position = position;
    this.from = from;
    this.destination = destination;
  }

  /** Sets {@link Step.Copy#sources}. */
  public CopyStepBuilder sources(List<String> value) {
    sources = List.copyOf(value);
    return this;
  }

  /** Sets {@link Step.Copy#files}. */
  public CopyStepBuilder files(List<InlineFile> value) {
    files = List.copyOf(value);
    return this;
  }

  /** Sets {@link Step.Copy#chown}. */
  public CopyStepBuilder chown(Optional<String> value) {
    chown = value;
    return this;
  }

  /** Sets {@link Step.Copy#chmod}. */
  public CopyStepBuilder chmod(Optional<String> value) {
    chmod = value;
    return this;
  }

  /** Sets {@link Step.Copy#exclude}. */
  public CopyStepBuilder exclude(List<String> value) {
    exclude = List.copyOf(value);
    return this;
  }

  /** Sets {@link Step.Copy#parents}. */
  public CopyStepBuilder parents(boolean value) {
    parents = value;
    return this;
  }

  /** Sets {@link Step.Copy#link}. */
  public CopyStepBuilder link(boolean value) {
    link = value;
    return this;
  }

  /** Sets {@link Step.Copy#unpack}. */
  public CopyStepBuilder unpack(boolean value) {
    unpack = value;
    return this;
  }

  /** Sets {@link Step.Copy#remotes}. */
  public CopyStepBuilder remotes(List<Remote> value) {
    remotes = List.copyOf(value);
    return this;
  }

  /** The step. */
  public Step.Copy build() {
    return new Step.Copy(
        position,
        from,
        sources,
        files,
        destination,
        chown,
        chmod,
        exclude,
        parents,
        link,
        unpack,
        remotes);
  }
}
