package dev.stagewright.site;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with a site, and a server on this machine that serves it. */
record Site(Path folder, HttpServer server) implements AutoCloseable {

  static Site serve(Path folder) {
    var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = SimpleFileServer.createFileServer(any, folder, OutputLevel.NONE);
    server.start();
    return new Site(folder, server);
  }

  /** The address of the server, with a slash at the end. */
  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  URI page(String path) {
    return URI.create(address() + path);
  }

  /** The paths of all pages of a version. */
  List<String> pages(String version) throws IOException {
    try (var files = Files.walk(folder.resolve(version))) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(Site::isPage)
          .sorted()
          .toList();
    }
  }

  /** Whether a path is that of a page, and not of a file: the example of a report is HTML, too. */
  static boolean isPage(String path) {
    return path.endsWith(".html") && !path.endsWith("/report/example.html");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
