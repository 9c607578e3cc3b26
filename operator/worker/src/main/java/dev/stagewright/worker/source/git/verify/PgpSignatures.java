package dev.stagewright.worker.source.git.verify;

import dev.stagewright.worker.source.git.verify.SignatureResult.Rejected;
import dev.stagewright.worker.source.git.verify.SignatureResult.Verified;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureException;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/**
 * Verifies OpenPGP signatures. As in GnuPG, a key that has expired since it signed does not count.
 *
 * @param keys the known keys
 * @param now the time at which keys must be valid
 */
record PgpSignatures(SigningKeys keys, Instant now) {

  SignatureResult verify(SignedObject object) {
    try {
      var signatures = signatures(object.signature());
      return signatures.size() == 1
          ? verify(signatures.getFirst(), object)
          : new Rejected(
              "has " + signatures.size() + " OpenPGP signatures; exactly one is allowed");
    } catch (IOException | RuntimeException _) {
      return new Rejected("has a malformed OpenPGP signature");
    }
  }

  private static List<PGPSignature> signatures(byte[] armored) throws IOException {
    var signatures = new ArrayList<PGPSignature>();
    try (var in = PGPUtil.getDecoderStream(new ByteArrayInputStream(armored))) {
      var objects = new PGPObjectFactory(in, new BcKeyFingerprintCalculator());
      for (var next = objects.nextObject(); next != null; next = objects.nextObject()) {
        if (next instanceof PGPSignatureList list) {
          list.forEach(signatures::add);
        }
      }
    }
    return signatures;
  }

  private SignatureResult verify(PGPSignature signature, SignedObject object) throws IOException {
    var issuer = issuer(signature);
    if (issuer.isEmpty()) {
      var id = HexFormat.of().toHexDigits(signature.getKeyID()).toUpperCase(Locale.ROOT);
      return SignatureResult.unknownKey(id, keys.source());
    }
    var key = fingerprint(issuer.get());
    var problems = new ArrayList<String>();
    var processor = new BcOpenPGPApi().verifyDetachedSignature();
    processor.setExceptionCallback(e -> problems.add(String.valueOf(e.getMessage())));
    var found =
        processor
            .addVerificationCertificate(issuer.get().getCertificate())
            .addSignature(signature)
            .process(new ByteArrayInputStream(object.content()));
    if (found.size() != 1) {
      return notAcceptable(key, String.join("; ", problems));
    }
    return result(found.getFirst(), issuer.get(), key);
  }

  private SignatureResult result(
      OpenPGPDocumentSignature signature, OpenPGPComponentKey issuer, String key) {
    if (!signature.isTestedCorrect()) {
      return SignatureResult.wrongSignature(key);
    }
    var certificate = issuer.getCertificate();
    if (certificate.getRevocation() != null || issuer.getRevocation() != null) {
      return SignatureResult.revokedKey(key);
    }
    if (isOver(certificate.getExpirationTime()) || isOver(issuer.getKeyExpirationDate())) {
      return SignatureResult.expiredKey(key);
    }
    try {
      return signature.isValid() && issuer.isBoundAt(Date.from(now))
          ? new Verified(owner(certificate) + " (" + key + ")")
          : notAcceptable(key, "the key was not valid when it signed");
    } catch (PGPSignatureException e) {
      return notAcceptable(key, String.valueOf(e.getMessage()));
    }
  }

  private static Rejected notAcceptable(String key, String problem) {
    return new Rejected(
        "has a signature of the key " + key + " that is not acceptable: " + problem);
  }

  private boolean isOver(@org.jspecify.annotations.Nullable Date end) {
    return end != null && end.toInstant().isBefore(now);
  }

  private Optional<OpenPGPComponentKey> issuer(PGPSignature signature) {
    return keys.certificates().stream()
        .flatMap(certificate -> certificate.getKeys().stream())
        .filter(key ->
            signature.getKeyIdentifiers().stream()
                .anyMatch(id -> key.getKeyIdentifier().matchesExplicit(id)))
        .findFirst();
  }

  private static String fingerprint(OpenPGPComponentKey key) {
    return HexFormat.of()
        .formatHex(key.getPGPPublicKey().getFingerprint())
        .toUpperCase(Locale.ROOT);
  }

  private static String owner(OpenPGPCertificate certificate) {
    return Optional.ofNullable(certificate.getPrimaryUserId())
        .map(id -> id.getUserId())
        .orElse("an OpenPGP key without user ID");
  }
}
