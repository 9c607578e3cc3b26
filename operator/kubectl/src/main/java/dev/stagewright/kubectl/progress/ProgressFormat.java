package dev.stagewright.kubectl.progress;

import java.util.List;

/** Converts events to lines of text. */
interface ProgressFormat {

  /** Returns the lines of an event, without line breaks. */
  List<String> format(ProgressEvent event);
}
