package dev.stagewright.worker.source.git.verify;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SourceRequest.SignatureMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.eclipse.jgit.lib.GpgConfig.GpgFormat;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;

/**
 * Requires signatures of a commit or its tag. Whatever cannot be verified fails.
 *
 * @param mode the objects that must be signed
 * @param keys the keys of those who may sign
 * @param clock the time at which keys must be valid
 */
public record SignatureCheck(SignatureMode mode, SigningKeys keys, InstantSource clock) {

  /**
   * Verifies the signatures.
   *
   * @param url the address of the repository, for messages
   * @param requested the requested revision
   * @param fetched the object that the revision refers to: a tag or the commit
   * @param scratch an existing directory for temporary files
   * @return the signers
   * @throws BuildFailedException if a required signature is missing or does not count
   */
  public String verify(
      Repository repository,
      String url,
      Optional<String> requested,
      RevObject fetched,
      RevCommit commit,
      Path scratch)
      throws IOException {
    var ssh = new SshSignatures(keys, scratch);
    var signers = new LinkedHashSet<String>();
    if (mode != SignatureMode.HEAD) {
      if (!(fetched instanceof RevTag tag)) {
        throw failed(
            requested.map(name -> "the revision " + name).orElse("HEAD")
                + " of "
                + url
                + " is not an annotated tag, but spec.source.git.verify requires a signed tag");
      }
      var description = "the tag " + tag.getTagName() + " of " + url;
      signers.add(signer(repository, description, SignedObject.of(tag), ssh));
    }
    if (mode != SignatureMode.TAG) {
      var description = "the commit " + commit.name() + " of " + url;
      signers.add(signer(repository, description, SignedObject.of(commit), ssh));
    }
    return String.join(", ", signers);
  }

  private String signer(
      Repository repository, String description, Optional<SignedObject> object, SshSignatures ssh)
      throws IOException {
    if (object.isEmpty()) {
      throw failed(
          description
              + " is not signed, but spec.source.git.verify requires a signature by a key of "
              + keys.source());
    }
    return switch (result(repository, object.get(), ssh)) {
      case SignatureResult.Verified(var signer) -> signer;
      case SignatureResult.Rejected(var problem) -> throw failed(description + " " + problem);
    };
  }

  private SignatureResult result(Repository repository, SignedObject object, SshSignatures ssh)
      throws IOException {
    return switch (object.format().map(GpgFormat::name).orElse("")) {
      case "SSH" -> ssh.verify(repository, object);
      case "OPENPGP" -> new PgpSignatures(keys, clock.instant()).verify(object);
      default ->
          new SignatureResult.Rejected(
              "has a signature of an unsupported format; SSH and OpenPGP signatures are supported");
    };
  }

  private static BuildFailedException failed(String message) {
    return new BuildFailedException(Failure.of(FailureReason.SignatureNotVerified, message));
  }
}
