package dev.stagewright.e2e.edits;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Instructions whose results depend on everything before them, but not on chance or on the time.
 * They succeed in any order.
 *
 * @param random source of choices
 */
record Lines(Random random) {
  /**
   * Creates an instruction.
   *
   * @param files paths of the build context
   * @param earlier names of the stages before
   */
  String next(List<String> files, List<String> earlier) {
    var choices = new ArrayList<String>();
    choices.add("RUN echo %d >> /log".formatted(number()));
    choices.add("RUN mkdir -p /data/d%1$d && echo %1$d > /data/d%1$d/file".formatted(number()));
    choices.add("RUN rm -rf /data/d%d /copied/%s".formatted(number(), any(files)));
    choices.add(
        "RUN touch /log && ln -f /log /data%d && chmod 06%d0 /log".formatted(number(), octal()));
    choices.add("RUN ln -sfn /data /link%d".formatted(number()));
    choices.add("RUN touch /log && chown %d:%d /log".formatted(number(), number()));
    choices.add("RUN mkdir -p /data && mv /data /moved && mkdir -p /data /moved && rm -rf /moved");
    choices.add("RUN cat /copied/* /log 2>/dev/null | md5sum > /sum%d".formatted(number()));
    choices.add("RUN test -p /fifo || mkfifo /fifo");
    choices.add("RUN echo \"$VERSION $FLAVOR $MODE\" >> /settings");
    choices.add(listing());
    choices.add("ARG VERSION=default%d".formatted(number()));
    choices.add("ARG FLAVOR");
    choices.add("ENV MODE=mode%d".formatted(number()));
    choices.add("LABEL number=%d".formatted(number()));
    choices.add("# comment %d".formatted(number()));
    choices.add("WORKDIR /work%d".formatted(number()));
    choices.add("RUN pwd >> /log && touch here");
    choices.add(
        "USER %d:%d\nRUN (id -u > /tmp/user%1$d) || true\nUSER 0"
            .formatted(1000 + number(), number()));
    choices.add("COPY . /copied/");
    choices.add("COPY %s /copied/".formatted(any(files)));
    choices.add("COPY --chmod=0%d%d%1$d %s /copied/".formatted(octal(), octal(), any(files)));
    choices.add("COPY --chown=%d:%d %s /copied/".formatted(number(), number(), any(files)));
    choices.add("COPY --link %s /linked/".formatted(any(files)));
    choices.add("ADD *.txt /added/");
    choices.add("COPY --exclude=a* . /some/");
    choices.add("RUN --mount=type=bind,target=/src cat /src/*.txt >> /log");
    choices.add("RUN --mount=type=tmpfs,target=/scratch echo %d > /scratch/x".formatted(number()));
    choices.add("COPY <<file%1$d /heredoc\ntext %1$d\nfile%1$d".formatted(number()));
    if (!earlier.isEmpty()) {
      var stage = any(earlier);
      choices.add("COPY --from=%s /out /from-%1$s".formatted(stage));
      choices.add("COPY --from=%s /out/ /merged/".formatted(stage));
      choices.add(
          "RUN --mount=type=bind,from=%s,source=/out,target=/other cat /other/* >> /log"
              .formatted(stage));
    }
    return choices.get(random.nextInt(choices.size()));
  }

  /** The first instruction of each stage: makes the directory that other stages copy. */
  String first() {
    return "RUN mkdir -p /out /data && echo %d > /out/made && touch /log".formatted(number());
  }

  /** The last instruction of each stage. */
  String last() {
    return "RUN cp /log /out/log && head -c 20 /log > /out/start";
  }

  /** Changes if any file, mode, owner, or link is not what it would be without a cache. */
  private String listing() {
    return "RUN find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /etc/resolv.conf"
        + " -o -path /etc/hosts -o -path /etc/hostname \\) -prune -o ! -type d -exec ls -ln {} +"
        + " | awk '{print $1, $2, $3, $4, $5, $9, $11}' | sort | md5sum > /listing"
        + number();
  }

  private int number() {
    return random.nextInt(5);
  }

  private int octal() {
    return 4 + random.nextInt(4);
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
