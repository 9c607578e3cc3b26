package dev.stagewright.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Signs tokens with the key of a certificate, and adds the certificate to each token.
 *
 * @param certificate certificate that the registry trusts
 */
record TokenIssuer(ServerCertificate certificate) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A JSON Web Token in its compact form (RFC 7519), signed with ES256. */
  String token(Map<String, ?> claims) {
    try {
      var entry = certificate.entry();
      var chain = Base64.getEncoder().encodeToString(entry.getCertificate().getEncoded());
      var header = Map.of("typ", "JWT", "alg", "ES256", "x5c", List.of(chain));
      var text = part(header) + "." + part(claims);
      // The format of RFC 7518: both numbers, without ASN.1.
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(entry.getPrivateKey());
      signature.update(text.getBytes(UTF_8));
      return text + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(Map<String, ?> fields) {
    try {
      return base64(JSON.writeValueAsBytes(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
