package dev.stagewright.bench.compare.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Source files of programs to compile. The names in the text make each build compile anew. */
final class Programs {
  private static final int C_FILES = 12;
  private static final int C_FUNCTIONS = 60;

  private Programs() {}

  /** A web server of Go's standard library, in {@code main.go}. */
  static void writeGo(Path folder, String nonce) throws IOException {
    Files.writeString(
        folder.resolve("main.go"),
        """
        package main

        import (
        \t"fmt"
        \t"net/http"
        )

        func main() {
        \thttp.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "%s") })
        \tpanic(http.ListenAndServe(":8080", nil))
        }
        """
            .formatted(nonce));
  }

  /** A library of several files in the directory {@code c}, the same in all builds. */
  static void writeLibrary(Path folder) throws IOException {
    var sources = folder.resolve("c");
    Files.createDirectories(sources);
    for (var file = 0; file < C_FILES; file++) {
      Files.writeString(sources.resolve("part%d.c".formatted(file)), functions(file));
    }
  }

  /** The library, and a program that uses it. */
  static void writeC(Path folder, String nonce) throws IOException {
    writeLibrary(folder);
    var calls =
        IntStream.range(0, C_FILES)
            .mapToObj("sum += part%1$d_0(argc);"::formatted)
            .collect(Collectors.joining("\n  "));
    var declarations =
        IntStream.range(0, C_FILES)
            .mapToObj("unsigned part%1$d_0(unsigned);"::formatted)
            .collect(Collectors.joining("\n"));
    Files.writeString(
        folder.resolve("c/main.c"),
        """
        #include <stdio.h>
        %s
        int main(int argc, char **argv) {
          unsigned sum = 0;
          %s
          printf("%s %%u\\n", sum);
          return 0;
        }
        """
            .formatted(declarations, calls, nonce));
  }

  private static String functions(int file) {
    return IntStream.range(0, C_FUNCTIONS)
        .mapToObj(function ->
            """
            unsigned part%1$d_%2$d(unsigned n) {
              static unsigned table[64];
              for (unsigned i = 0; i < n + %2$d; i++) {
                for (unsigned j = 0; j < 64; j++) {
                  table[j] = (table[(j + i) & 63] * 2654435761u) ^ (n >> (j & 7)) ^ (i << 3);
                  if (table[j] %% 7 == i %% 5) table[(j * 31) & 63] += n * j;
                }
              }
              return table[n & 63];
            }
            """
                .formatted(file, function))
        .collect(Collectors.joining());
  }
}
