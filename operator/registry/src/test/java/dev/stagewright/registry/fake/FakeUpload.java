package dev.stagewright.registry.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** An open upload; it keeps what was received before a connection broke. */
final class FakeUpload {
  private static final int BUFFER = 1 << 13;

  private final String repository;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  FakeUpload(String repository) {
    this.repository = repository;
  }

  String repository() {
    return repository;
  }

  synchronized void receive(InputStream body) throws IOException {
    var buffer = new byte[BUFFER];
    for (var read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      received.write(buffer, 0, read);
    }
  }

  synchronized int size() {
    return received.size();
  }

  synchronized byte[] bytes() {
    return received.toByteArray();
  }
}
