package dev.stagewright.worker.analysis;

import java.util.regex.Pattern;

/**
 * A pattern of absolute paths: {@code *} and {@code ?} stand for parts of a name, {@code **} for
 * any number of directories.
 */
final class PathGlob {
  private final Pattern pattern;

  PathGlob(String glob) {
    var regex = new StringBuilder();
    for (var i = 0; i < glob.length(); i++) {
      var c = glob.charAt(i);
      if (glob.startsWith("/**/", i)) {
        regex.append("/(?:.*/)?");
        i += 3;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else {
        regex.append(
            switch (c) {
              case '*' -> "[^/]*";
              case '?' -> "[^/]";
              default -> Pattern.quote(String.valueOf(c));
            });
      }
    }
    pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  boolean matches(String path) {
    return pattern.matcher(path).matches();
  }
}
