package dev.stagewright.kubectl;

import picocli.CommandLine.Command;

/** {@code stagewright migrate}. */
@Command(
    name = "migrate",
    description = "Converts invocations of other builders to ImageBuilds.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = MigrateKanikoCommand.class)
public final class MigrateCommand extends CommandGroup {}
