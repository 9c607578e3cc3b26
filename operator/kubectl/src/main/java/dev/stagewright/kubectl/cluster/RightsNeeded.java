package dev.stagewright.kubectl.cluster;

/** What a user who was refused is to ask for. */
final class RightsNeeded {
  static final String TEXT =
      "to read builds takes get and list on imagebuilds.stagewright.dev and pods,"
          + " and get on pods/log";

  private RightsNeeded() {}
}
