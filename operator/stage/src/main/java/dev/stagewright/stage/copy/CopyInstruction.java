package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.Step;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.users.Owner;
import dev.stagewright.stage.users.UserLookup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Executes COPY and ADD. */
public final class CopyInstruction {
  private final CopySources sources;

  /** Copies from these sources. */
  public CopyInstruction(CopySources sources) {
    this.sources = sources;
  }

  /**
   * Executes an instruction.
   *
   * @return warnings about behavior that matches BuildKit but is rarely intended
   * @throws CopyException if a source is missing, a file is in the way, or an option is invalid
   */
  public List<String> execute(Step.Copy step, RootFileSystem files)
      throws IOException, CopyException {
    var notes = new ArrayList<String>();
    var rules =
        new CopyRules(
            new Ownership(owner(step, files, notes), step.from() instanceof Step.CopyFrom.Stage),
            step.chmod().isPresent() ? ModeChange.parse(step.chmod().get()) : ModeChange.NONE,
            CopyRules.exclude(step));
    var parentMode = rules.mode().forParents().orElse(Directories.DEFAULT_MODE);
    var parentOwner = rules.ownership().forParents();
    var placement =
        step.link()
            ? new LinkedPlacement(files, parentMode, parentOwner)
            : new MergingPlacement(files, parentMode, parentOwner);
    var destination = new CopyDestination(RawName.of(step.destination()), placement);
    copySources(step, files, rules, placement, destination);
    for (var file : step.files()) {
      new InlineFiles(files, placement, rules).copy(file, destination);
    }
    destination.overwritten().ifPresent(notes::add);
    return notes;
  }

  private void copySources(
      Step.Copy step,
      RootFileSystem files,
      CopyRules rules,
      Placement placement,
      CopyDestination destination)
      throws IOException, CopyException {
    var all = new CopySourceFinder(sources, step).find();
    for (var copied : all) {
      var tree = copied.tree();
      if (copied.unpack()
          && new ArchiveUnpacker(tree, files, rules).unpack(copied.match(), destination)) {
        continue;
      }
      var copier = new TreeCopier(tree, files, placement, rules);
      if (step.parents()) {
        new ParentsCopy(tree, placement, copier, rules, files).copy(copied.match(), destination);
      } else {
        destination.receive(copied.match(), copier);
      }
    }
  }

  private static Optional<Owner> owner(Step.Copy step, RootFileSystem files, List<String> notes)
      throws IOException {
    if (step.chown().isEmpty()) {
      return Optional.empty();
    }
    var chown = step.chown().get();
    var named = new UserLookup(files).owner(chown);
    if (!named.unknown().isEmpty()) {
      notes.add(
          "--chown=%s: the stage has no %s; the files are owned by %d:%d"
              .formatted(
                  chown,
                  String.join(" and no ", named.unknown()),
                  named.owner().uid(),
                  named.owner().gid()));
    }
    return Optional.of(named.owner());
  }
}
