package dev.stagewright.analysis.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the build arguments that builders write in front of the command of RUN in the history:
 * {@code |2 A=x B=y /bin/sh -c make}.
 */
final class BuildArguments {
  private static final Pattern START = Pattern.compile("^(?:RUN )?\\|(\\d{1,4}) ");
  private static final Pattern NAME = Pattern.compile("\\b([A-Za-z_][A-Za-z0-9_]*)=");
  private static final Pattern SHELL = Pattern.compile(" /\\S*sh -\\S*c ");

  private BuildArguments() {}

  /** The arguments, {@code NAME=value}. */
  static List<String> parse(String createdBy) {
    var start = START.matcher(createdBy);
    if (!start.find()) {
      return List.of();
    }
    var count = Integer.parseInt(start.group(1));
    var rest = createdBy.substring(start.end());
    var shell = SHELL.matcher(rest);
    var arguments = shell.find() ? rest.substring(0, shell.start()) : rest;
    var starts = new ArrayList<Integer>();
    var name = NAME.matcher(arguments);
    while (starts.size() < count && name.find()) {
      if (name.start() == 0 || arguments.charAt(name.start() - 1) == ' ') {
        starts.add(name.start());
      }
    }
    var result = new ArrayList<String>();
    for (var i = 0; i < starts.size(); i++) {
      var end = i + 1 < starts.size() ? starts.get(i + 1) : arguments.length();
      result.add(arguments.substring(starts.get(i), end).trim());
    }
    return result;
  }
}
