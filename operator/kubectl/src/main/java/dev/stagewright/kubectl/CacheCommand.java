package dev.stagewright.kubectl;

import picocli.CommandLine.Command;

/** {@code stagewright cache}. */
@Command(
    name = "cache",
    header = "Lists and deletes the records of a cache",
    description = "Lists the records of a cache, and deletes those that are not needed.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CacheListCommand.class, CachePruneCommand.class})
final class CacheCommand extends CommandGroup {}
