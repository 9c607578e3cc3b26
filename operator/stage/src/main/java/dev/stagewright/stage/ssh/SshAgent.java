package dev.stagewright.stage.ssh;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An SSH agent on a socket, which runs until it is closed. */
public final class SshAgent implements Closeable {
  /** The limit of the agent of OpenSSH. */
  private static final int LONGEST_REQUEST = 256 * 1024;

  private final Path socket;
  private final ServerSocketChannel server;
  private final AgentProtocol answers;

  private SshAgent(Path socket, ServerSocketChannel server, List<SshKey> keys) {
    this.socket = socket;
    this.server = server;
    this.answers = new AgentProtocol(keys);
  }

  /** Starts an agent on a new socket that is owned by the current user. */
  public static SshAgent start(Path socket, List<SshKey> keys) throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    var agent = new SshAgent(socket, server, keys);
    daemon(agent::accept);
    return agent;
  }

  private static void daemon(Runnable task) {
    var thread = new Thread(task, "ssh-agent");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (true) {
      try {
        var client = server.accept();
        daemon(() -> serve(client));
      } catch (IOException _) {
        return; // The agent was closed.
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        var in = new DataInputStream(Channels.newInputStream(client));
        var out = new DataOutputStream(Channels.newOutputStream(client))) {
      while (true) {
        var length = in.readInt();
        if (length < 1 || length > LONGEST_REQUEST) {
          return;
        }
        var answer = answers.answer(in.readNBytes(length));
        out.write(new WireWriter().string(answer).bytes());
      }
    } catch (IOException _) {
      // The client has disconnected or sent an invalid request.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
  }
}
