package dev.stagewright.registry.real;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An HTTP proxy on the loopback interface that requires user name and password, tunnels with
 * CONNECT, and resolves every host to the loopback interface.
 */
public final class ForwardingProxy implements AutoCloseable {
  private static final int BACKLOG = 50;
  private static final Pattern ADDRESS = Pattern.compile(" (?:http://)?([^/: ]+):([0-9]+)");

  private final ServerSocket server;
  private final String authorization;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  private ForwardingProxy(ServerSocket server, String account) {
    this.server = server;
    this.authorization =
        "Proxy-Authorization: Basic "
            + Base64.getEncoder().encodeToString(account.getBytes(UTF_8))
            + "\r\n";
  }

  /** Starts a proxy for this {@code user:password}. */
  public static ForwardingProxy start(String account) {
    try {
      var socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      var proxy = new ForwardingProxy(socket, account);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Host and port. */
  public String host() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Returns methods and addresses of the requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    try {
      while (true) {
        var client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException _) {
      // The proxy was closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      var head = MessageHead.read(client.getInputStream());
      if (head.isPresent()) {
        serve(client, head.get());
      }
    } catch (IOException _) {
      // One side closed its connection.
    }
  }

  private void serve(Socket client, MessageHead head) throws IOException {
    var address = ADDRESS.matcher(head.text());
    if (!head.text().contains(authorization) || !address.find()) {
      client
          .getOutputStream()
          .write(
              "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                  .getBytes(ISO_8859_1));
      return;
    }
    requests.add(head.line());
    var port = Integer.parseInt(address.group(2));
    try (var target = new Socket(InetAddress.getLoopbackAddress(), port)) {
      if (head.line().startsWith("CONNECT ")) {
        client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(ISO_8859_1));
      } else {
        target.getOutputStream().write(originForm(head).ofLastMessage());
      }
      var upstream = Thread.ofVirtual().start(() -> pipe(client, target));
      target.getInputStream().transferTo(client.getOutputStream());
      upstream.interrupt();
    }
  }

  private static MessageHead originForm(MessageHead head) {
    return new MessageHead(head.text().replaceFirst(" http://[^/ ]+", " "));
  }

  private static void pipe(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // The exchange is over.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
