package dev.stagewright.worker.source.git;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.api.TransportConfigCallback;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;

/** Fetches one commit from a server to a bare repository. */
record GitFetch(
    Git git,
    GitUrl url,
    TransportConfigCallback configuration,
    Duration timeout,
    GitFailures failures) {
  static final String FETCHED = "refs/stagewright/source";

  /**
   * The result of a fetch.
   *
   * @param object the object that the revision refers to: a tag, or the commit
   * @param ref the full name of the branch or tag; empty if the revision is a commit
   */
  record Fetched(RevObject object, RevCommit commit, Optional<String> ref) {
    Fetched named(Optional<String> name) {
      return new Fetched(object, commit, name);
    }
  }

  /** Fetches a revision; empty if the server does not have it. */
  Optional<Fetched> fetch(Optional<String> revision) throws GitAPIException, IOException {
    var parsed = Revision.ofForm(revision);
    return switch (parsed.isPresent() ? parsed.get() : resolve(revision.orElseThrow())) {
      case Revision.Named(var ref) -> named(ref);
      case Revision.Commit(var id) -> commit(ObjectId.fromString(id));
      case Revision.Abbreviated(var prefix) -> abbreviated(prefix);
      case Revision.Unknown() -> Optional.empty();
    };
  }

  private Revision resolve(String revision) throws GitAPIException {
    var command =
        git.lsRemote()
            .setRemote(url.address())
            .setHeads(!revision.startsWith("refs/"))
            .setTags(!revision.startsWith("refs/"));
    return Revision.among(configured(command).callAsMap().keySet(), revision);
  }

  private Optional<Fetched> named(String ref) throws GitAPIException, IOException {
    FetchResult result;
    try {
      result = fetch(1, "+" + ref + ":" + FETCHED);
    } catch (TransportException e) {
      if (failures.isMissing(e, ref)) {
        return Optional.empty();
      }
      throw e;
    }
    Ref fetched = git.getRepository().exactRef(FETCHED);
    var name = name(Optional.ofNullable(result.getAdvertisedRef(ref)), ref);
    return fetched == null
        ? Optional.empty()
        : peeled(fetched.getObjectId()).map(found -> found.named(name));
  }

  /** The server reports the branch of its HEAD. */
  private static Optional<String> name(Optional<Ref> advertised, String ref) {
    var name = advertised.map(Ref::getLeaf).map(Ref::getName).orElse(ref);
    return name.startsWith(Constants.R_REFS) ? Optional.of(name) : Optional.empty();
  }

  /** Not every server allows fetching commits that no ref points to. */
  private Optional<Fetched> commit(ObjectId id) throws GitAPIException, IOException {
    try {
      var _ = fetch(1, id.name() + ":" + FETCHED);
      return peeled(id);
    } catch (TransportException e) {
      if (failures.classify(e).isPresent()) {
        throw e;
      }
      fetchAll();
      return peeled(id);
    }
  }

  private Optional<Fetched> abbreviated(String prefix) throws GitAPIException, IOException {
    fetchAll();
    try (var reader = git.getRepository().newObjectReader()) {
      var found = reader.resolve(AbbreviatedObjectId.fromString(prefix));
      if (found.size() > 1) {
        throw new AmbiguousObjectException(AbbreviatedObjectId.fromString(prefix), found);
      }
      return found.isEmpty() ? Optional.empty() : peeled(found.iterator().next());
    } catch (AmbiguousObjectException e) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.SourceNotFound,
              "revision " + prefix + " is ambiguous; specify more digits of the commit ID"),
          e);
    }
  }

  private void fetchAll() throws GitAPIException {
    var _ = fetch(0, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*");
  }

  private FetchResult fetch(int depth, String... refs) throws GitAPIException {
    FetchCommand command =
        git.fetch()
            .setRemote(url.address())
            .setRefSpecs(Arrays.stream(refs).map(RefSpec::new).toList())
            .setTagOpt(TagOpt.NO_TAGS);
    if (depth > 0) {
      command.setDepth(depth);
    }
    return configured(command).call();
  }

  private <C extends TransportCommand<C, ?>> C configured(C command) {
    return command
        .setTransportConfigCallback(configuration)
        .setTimeout(Math.toIntExact(timeout.toSeconds()));
  }

  private Optional<Fetched> peeled(ObjectId id) throws IOException {
    try (var walk = new RevWalk(git.getRepository())) {
      return Optional.of(new Fetched(walk.parseAny(id), walk.parseCommit(id), Optional.empty()));
    } catch (MissingObjectException | IncorrectObjectTypeException _) {
      return Optional.empty();
    }
  }
}
