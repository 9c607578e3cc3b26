package dev.stagewright.harbor.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.harbor.standin.Account.Right;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** What there is in a Harbor. Can be used by several threads. */
public final class World {
  private static final Pattern VERSION = Pattern.compile("v([0-9]+)[.]([0-9]+).*");

  private final Map<String, Project> projects = new ConcurrentSkipListMap<>();
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final List<Label> labels = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private volatile String version = "v2.16.0-c50c7ddd";
  private volatile boolean readOnly;
  private volatile Optional<Scanner> scanner = Optional.empty();

  /**
   * A label.
   *
   * @param id its number
   * @param name its name
   * @param project number of its project; 0 for all
   */
  record Label(int id, String name, int project) {}

  /** Adds a project, a private one, or finds it. */
  public Project project(String name) {
    return projects.computeIfAbsent(name, it -> new Project(ids.incrementAndGet(), it));
  }

  Optional<Project> find(String name) {
    return Optional.ofNullable(projects.get(name));
  }

  Optional<Project> find(int id) {
    return projects.values().stream().filter(project -> project.id() == id).findFirst();
  }

  List<Project> projects() {
    return List.copyOf(projects.values());
  }

  /** Adds an account that may do everything. */
  public World admin(String name, String secret) {
    return add(new Account(name, secret, true, false, Set.of()));
  }

  /**
   * Adds a robot account of a project, named {@code robot$project+name}.
   *
   * @param rights each as {@code resource:action}, for example {@code repository:push}
   */
  public World robot(String project, String name, String secret, String... rights) {
    return add(
        new Account("robot$" + project + "+" + name, secret, false, false, in(project, rights)));
  }

  /** Adds a robot account of the system, named {@code robot$name}, with rights in all projects. */
  public World systemRobot(String name, String secret, String... rights) {
    var all = new HashSet<>(in("*", rights));
    return add(new Account("robot$" + name, secret, false, false, all));
  }

  private static Set<Right> in(String project, String... rights) {
    var all = new HashSet<Right>();
    for (var right : rights) {
      var parts = right.split(":", -1);
      all.add(new Right(project, parts[0], parts[1]));
    }
    return all;
  }

  /** Adds or replaces an account. */
  public World add(Account account) {
    accounts.put(account.name(), account);
    return this;
  }

  /** Disables an account. */
  public World disable(String name) {
    var account = Optional.ofNullable(accounts.get(name)).orElseThrow();
    return add(
        new Account(account.name(), account.secret(), account.admin(), true, account.rights()));
  }

  Optional<Account> account(String name) {
    return Optional.ofNullable(accounts.get(name));
  }

  /** Who sends this {@code Authorization: Basic}; empty if nobody who is known and enabled. */
  Optional<Account> basic(String header) {
    if (!header.startsWith("Basic ")) {
      return Optional.empty();
    }
    var pair = new String(Base64.getDecoder().decode(header.substring("Basic ".length())), UTF_8);
    var colon = pair.indexOf(':');
    return colon < 0
        ? Optional.empty()
        : Optional.ofNullable(accounts.get(pair.substring(0, colon)))
            .filter(account -> account.secret().equals(pair.substring(colon + 1)))
            .filter(account -> !account.disabled());
  }

  /** Adds a label for all projects. */
  public int label(String name) {
    return label(name, 0);
  }

  /** Adds a label of a project. */
  public int label(String name, Project project) {
    return label(name, project.id());
  }

  private int label(String name, int project) {
    var label = new Label(ids.incrementAndGet(), name, project);
    labels.add(label);
    return label.id();
  }

  List<Label> labels() {
    return new ArrayList<>(labels);
  }

  int nextId() {
    return ids.incrementAndGet();
  }

  /**
   * Says that it is of this version, for example {@code v2.9.0-a1b2c3d4}, and does what that can.
   */
  public World version(String other) {
    version = other;
    return this;
  }

  String version() {
    return version;
  }

  /** Whether bills of materials can be made: since 2.11. */
  boolean makesBills() {
    var numbers = VERSION.matcher(version);
    return !numbers.matches()
        || Integer.parseInt(numbers.group(1)) > 2
        || Integer.parseInt(numbers.group(2)) >= 11;
  }

  /** Takes no changes, or takes them again. */
  public World readOnly(boolean yes) {
    readOnly = yes;
    return this;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  /** Scans with this. */
  public World scanner(Scanner with) {
    scanner = Optional.of(with);
    return this;
  }

  Optional<Scanner> scanner() {
    return scanner;
  }
}
