package dev.stagewright.worker.source.git.verify;

import dev.stagewright.worker.source.git.verify.SignatureResult.Rejected;
import dev.stagewright.worker.source.git.verify.SignatureResult.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.internal.transport.sshd.SshdText;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.GpgConfig;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SignatureVerifier.SignatureVerification;
import org.eclipse.jgit.lib.SignatureVerifier.TrustLevel;
import org.eclipse.jgit.signing.ssh.SshSignatureVerifierFactory;

/**
 * Verifies SSH signatures.
 *
 * @param keys the known keys
 * @param scratch an existing directory for temporary files
 */
record SshSignatures(SigningKeys keys, Path scratch) {

  SignatureResult verify(Repository repository, SignedObject object) throws IOException {
    var allowed = Files.writeString(scratch.resolve("allowed_signers"), keys.allowedSigners());
    var config = new Config();
    config.setString("gpg", "ssh", "allowedSignersFile", allowed.toString());
    if (keys.revokedKeys().isPresent()) {
      var revoked = Files.write(scratch.resolve("revoked_keys"), keys.revokedKeys().get());
      config.setString("gpg", "ssh", "revocationFile", revoked.toString());
    }
    var verification =
        new SshSignatureVerifierFactory()
            .create()
            .verify(repository, new GpgConfig(config), object.content(), object.signature());
    return result(verification);
  }

  private SignatureResult result(SignatureVerification verification) {
    var key = Optional.ofNullable(verification.keyFingerprint()).orElse("of an unknown type");
    if (verification.verified() && verification.trustLevel() == TrustLevel.FULL) {
      return new Verified(verification.keyUser() + " (" + key + ")");
    }
    var message = Optional.ofNullable(verification.message()).orElse("");
    if (verification.expired()) {
      return SignatureResult.expiredKey(key);
    }
    if (isRevoked(message)) {
      return SignatureResult.revokedKey(key);
    }
    if (message.equals(SshdText.get().signSeeLog)) {
      return new Rejected(
          "has an SSH signature that cannot be checked: allowed_signers or revoked_keys of "
              + keys.source()
              + " is malformed");
    }
    if (verification.trustLevel() == TrustLevel.UNKNOWN) {
      return SignatureResult.unknownKey(key, keys.source());
    }
    return message.isEmpty()
        ? SignatureResult.wrongSignature(key)
        : new Rejected("has an SSH signature that is not valid: " + message);
  }

  private static boolean isRevoked(String message) {
    var certificate = SshdText.get().signCertificateRevoked;
    var prefix = certificate.substring(0, Math.max(certificate.indexOf('{'), 0));
    return message.equals(SshdText.get().signKeyRevoked)
        || (!prefix.isEmpty() && message.startsWith(prefix.replace("''", "'")));
  }
}
