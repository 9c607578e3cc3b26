package dev.stagewright.e2e.conformance.cases;

import dev.stagewright.e2e.Shell;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Prepares cases in a separate folder and serves their files until it is closed. */
public final class Preparation implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final Shell tools;
  private final Path script;
  private final Path folder;
  private final String host;
  private final Queue<FileServer> servers = new ConcurrentLinkedQueue<>();

  /**
   * Creates an object that has prepared no case yet.
   *
   * @param script {@code e2e/conformance/prepare}
   * @param folder folder for the prepared cases, deleted at the end
   * @param host address of this machine that Pods can reach
   */
  public Preparation(Shell tools, Path script, Path folder, String host) {
    this.tools = tools;
    this.script = script;
    this.folder = folder;
    this.host = host;
  }

  /** Prepares the files of a case for the builders. */
  public PreparedCase prepare(Case origin) {
    var work = folder.resolve(origin.group()).resolve(origin.name());
    var address = new InetSocketAddress(host, origin.port());
    var output =
        tools.output(
            TIMEOUT,
            script.toString(),
            origin.folder().toString(),
            work.toString(),
            host + ":" + origin.port());
    var prepared = new PreparedCase(origin, work, output);
    if (origin.properties().serve()) {
      servers.add(FileServer.start(prepared.served(), address));
    }
    return prepared;
  }

  @Override
  public void close() {
    servers.forEach(FileServer::close);
    tools.run(TIMEOUT, List.of("rm", "-rf", folder.toString()));
  }
}
