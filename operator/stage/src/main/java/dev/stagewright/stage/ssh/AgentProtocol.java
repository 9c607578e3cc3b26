package dev.stagewright.stage.ssh;

import java.nio.BufferUnderflowException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/**
 * The protocol of an SSH agent that lists its keys and signs with them, and rejects all other
 * requests.
 */
final class AgentProtocol {
  private static final int FAILURE = 5;
  private static final int REQUEST_IDENTITIES = 11;
  private static final int IDENTITIES_ANSWER = 12;
  private static final int SIGN_REQUEST = 13;
  private static final int SIGN_RESPONSE = 14;

  private final List<SshKey> keys;

  AgentProtocol(List<SshKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** The response to a request, both without their lengths. */
  byte[] answer(byte[] request) {
    try {
      var in = new WireReader(request);
      return switch (in.octet()) {
        case REQUEST_IDENTITIES -> identities();
        case SIGN_REQUEST -> signature(in.string(), in.string(), in.int32());
        default -> failure();
      };
    } catch (BufferUnderflowException | GeneralSecurityException _) {
      return failure();
    }
  }

  private byte[] identities() {
    var out = new WireWriter().octet(IDENTITIES_ANSWER).int32(keys.size());
    for (var key : keys) {
      out.string(key.publicKey()).text(key.comment());
    }
    return out.bytes();
  }

  private byte[] signature(byte[] publicKey, byte[] data, int flags)
      throws GeneralSecurityException {
    for (var key : keys) {
      if (Arrays.equals(key.publicKey(), publicKey)) {
        return new WireWriter().octet(SIGN_RESPONSE).string(key.sign(data, flags)).bytes();
      }
    }
    return failure();
  }

  private static byte[] failure() {
    return new WireWriter().octet(FAILURE).bytes();
  }
}
