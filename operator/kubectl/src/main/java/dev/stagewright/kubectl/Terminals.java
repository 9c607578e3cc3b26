package dev.stagewright.kubectl;

import dev.stagewright.kubectl.terminal.Terminal;
import java.io.Console;
import java.nio.charset.Charset;
import java.util.Optional;

/** Where the output of this process goes. */
final class Terminals {
  private Terminals() {}

  static Terminal ofThisProcess() {
    var charset =
        Optional.ofNullable(System.getProperty("stdout.encoding"))
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .orElse(Charset.defaultCharset());
    var isTerminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return Terminal.of(System.getenv(), isTerminal, charset);
  }
}
