package dev.stagewright.worker.source.git.ssh;

/** Whether the key of a server is known. */
enum HostKeyTrust {
  TRUSTED,
  /** No line is about the server. */
  UNKNOWN,
  /** The server has another key than the lines about it. */
  CHANGED,
  /** The key or its authority is revoked. */
  REVOKED,
  /** No line has the authority that signed the certificate of the server. */
  UNKNOWN_AUTHORITY
}
