package dev.stagewright.api.v1alpha1;

/** The validation of a field that selects a directory of a source. */
final class SourceDirectory {
  static final String RULE = "!self.startsWith('/') && !self.split('/').exists(part, part == '..')";
  static final String MESSAGE = "must be a relative path without ..";

  private SourceDirectory() {}
}
