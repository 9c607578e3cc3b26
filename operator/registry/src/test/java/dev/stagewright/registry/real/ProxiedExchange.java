package dev.stagewright.registry.real;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;

/**
 * One request that is forwarded by a proxy.
 *
 * @param client the connection of the client
 * @param registryPort the port of the registry
 * @param request the head of the request
 */
record ProxiedExchange(Socket client, int registryPort, MessageHead request) {
  private static final int BUFFER = 1 << 14;

  void run(Optional<Fault> fault) throws IOException {
    switch (fault.orElse(new Fault.Wait(() -> {}))) {
      case Fault.CutRequest(var after) -> forward(after, Long.MAX_VALUE, Optional.empty());
      case Fault.CutAnswer(var after) -> forward(Long.MAX_VALUE, after, Optional.empty());
      case Fault.AnswerAfterwards(var answer) ->
          forward(Long.MAX_VALUE, Long.MAX_VALUE, Optional.of(answer));
      case Fault.Answer answer -> {
        copy(client.getInputStream(), OutputStream.nullOutputStream(), request.length());
        send(answer);
      }
      case Fault.Wait(var until) -> {
        until.run();
        forward(Long.MAX_VALUE, Long.MAX_VALUE, Optional.empty());
      }
    }
  }

  private void forward(long requestBytes, long responseBytes, Optional<Fault.Answer> replacement)
      throws IOException {
    try (var registry = new Socket(InetAddress.getLoopbackAddress(), registryPort)) {
      registry.getOutputStream().write(request.ofLastMessage());
      var forwarded = Math.min(requestBytes, request.length());
      copy(client.getInputStream(), registry.getOutputStream(), forwarded);
      registry.getOutputStream().flush();
      if (requestBytes < request.length()) {
        return;
      }
      answer(registry, responseBytes, replacement);
    }
  }

  private void answer(Socket registry, long most, Optional<Fault.Answer> replacement)
      throws IOException {
    var in = registry.getInputStream();
    var head = MessageHead.read(in);
    if (replacement.isPresent()) {
      send(replacement.get());
    } else if (head.isPresent()) {
      client.getOutputStream().write(head.get().ofLastMessage());
      if (!request.line().startsWith("HEAD ")) {
        copy(in, client.getOutputStream(), Math.min(most, head.get().length()));
      }
      client.getOutputStream().flush();
    }
  }

  private void send(Fault.Answer answer) throws IOException {
    var head =
        "HTTP/1.1 %d Fault\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%sConnection: close\r\n\r\n"
            .formatted(answer.status(), answer.body().length(), answer.headers());
    client.getOutputStream().write((head + answer.body()).getBytes(ISO_8859_1));
    client.getOutputStream().flush();
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    var buffer = new byte[BUFFER];
    for (var left = length; left > 0; ) {
      var read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException();
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }
}
