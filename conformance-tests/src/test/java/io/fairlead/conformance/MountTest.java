package io.fairlead.conformance;

import io.fairlead.conformance.server.Server;
import java.io.IOException;

/** The sources and the flags of a container's file systems, with the preferred runtime (crun). */
class MountTest {

    @Case
    void filesystem_whenTheHostHasItWithFlags_keepsThem(Server server) {
        new MountChecks(server, false).filesystem_whenTheHostHasItWithFlags_keepsThem();
    }

    @Case(notTheOracle = "not asked: it has no control groups for mapped users here")
    void mapped_filesystem_whenTheHostHasItWithFlags_keepsThem(Server server) {
        new MountChecks(server, true).filesystem_whenTheHostHasItWithFlags_keepsThem();
    }

    @Case(notTheOracle = "not asked: it has other options of its own for the root")
    void root_whenTheHostHasItWithFlags_keepsThem(Server server) throws IOException {
        new MountChecks(server, false).root_whenTheHostHasItWithFlags_keepsThem();
    }

    @Case(notTheOracle = "not asked: it has no control groups for mapped users here")
    void mapped_root_whenTheHostHasItWithFlags_keepsThem(Server server) throws IOException {
        new MountChecks(server, true).root_whenTheHostHasItWithFlags_keepsThem();
    }

    @Case(notTheOracle = "it leaves out what is mounted below a source")
    void readonly_whenSomethingIsMountedBelow_holdsForThat(Server server) {
        new MountChecks(server, false).readonly_whenSomethingIsMountedBelow_holdsForThat();
    }

    @Case(notTheOracle = "it leaves out what is mounted below a source")
    void mapped_readonly_whenSomethingIsMountedBelow_holdsForThat(Server server) {
        new MountChecks(server, true).readonly_whenSomethingIsMountedBelow_holdsForThat();
    }

    @Case(notTheOracle = "it leaves out what is mounted below a source")
    void readonlyRoot_whenSomethingIsMountedBelow_holdsForThat(Server server) throws IOException {
        new MountChecks(server, false).readonlyRoot_whenSomethingIsMountedBelow_holdsForThat();
    }

    @Case(notTheOracle = "it leaves out what is mounted below a source")
    void mapped_readonlyRoot_whenSomethingIsMountedBelow_holdsForThat(Server server) throws IOException {
        new MountChecks(server, true).readonlyRoot_whenSomethingIsMountedBelow_holdsForThat();
    }

    @Case(notTheOracle = "it leaves out what is mounted below a source")
    void filesystem_whenSomethingIsMountedBelow_showsThatAndNotWhatItHides(Server server) throws IOException {
        new MountChecks(server, false).filesystem_whenSomethingIsMountedBelow_showsThatAndNotWhatItHides();
    }

    @Case(notTheOracle = "it leaves out what is mounted below a source")
    void mapped_filesystem_whenSomethingIsMountedBelow_showsThatAndNotWhatItHides(Server server) throws IOException {
        new MountChecks(server, true).filesystem_whenSomethingIsMountedBelow_showsThatAndNotWhatItHides();
    }

    @Case(notTheOracle = "not asked: its daemon here is not in the host's mount namespace")
    void filesystem_whenTheHostMountsItLater_isWhatTheHostHasAtTheStart(Server server) throws IOException {
        new MountChecks(server, false).filesystem_whenTheHostMountsItLater_isWhatTheHostHasAtTheStart();
    }

    @Case(notTheOracle = "not asked: its daemon here is not in the host's mount namespace")
    void mapped_filesystem_whenTheHostMountsItLater_isWhatTheHostHasAtTheStart(Server server) throws IOException {
        new MountChecks(server, true).filesystem_whenTheHostMountsItLater_isWhatTheHostHasAtTheStart();
    }

    @Case(notTheOracle = "not asked: its daemon here is not in the host's mount namespace")
    void image_whenItLiesOnADiskThatTheHostMountsLater_isMounted(Server server) throws IOException {
        new MountChecks(server, false).image_whenItLiesOnADiskThatTheHostMountsLater_isMounted();
    }

    @Case(notTheOracle = "not asked: its daemon here is not in the host's mount namespace")
    void mapped_image_whenItLiesOnADiskThatTheHostMountsLater_isMounted(Server server) throws IOException {
        new MountChecks(server, true).image_whenItLiesOnADiskThatTheHostMountsLater_isMounted();
    }

    @Case
    void filesystems_whenTheyAreTheRootItself_stayAsManyAsTheyAre(Server server) {
        new MountChecks(server, false).filesystems_whenTheyAreTheRootItself_stayAsManyAsTheyAre();
    }

    @Case(notTheOracle = "not asked: it has no control groups for mapped users here")
    void mapped_filesystems_whenTheyAreTheRootItself_stayAsManyAsTheyAre(Server server) {
        new MountChecks(server, true).filesystems_whenTheyAreTheRootItself_stayAsManyAsTheyAre();
    }

    @Case(notTheOracle = "it refuses a target with dots in it")
    void filesystems_whenTheyLieOnEachOther_areMountedInTheirOrder(Server server) {
        new MountChecks(server, false).filesystems_whenTheyLieOnEachOther_areMountedInTheirOrder();
    }

    @Case(notTheOracle = "it refuses a target with dots in it")
    void mapped_filesystems_whenTheyLieOnEachOther_areMountedInTheirOrder(Server server) {
        new MountChecks(server, true).filesystems_whenTheyLieOnEachOther_areMountedInTheirOrder();
    }

    @Case(notTheOracle = "it leaves out what is mounted below a source")
    void filesystem_whenItsTargetLiesBelowDev_isThereWithItsFlagsAndWhatIsBelow(Server server) {
        new MountChecks(server, false).filesystem_whenItsTargetLiesBelowDev_isThereWithItsFlagsAndWhatIsBelow();
    }

    @Case(notTheOracle = "it leaves out what is mounted below a source")
    void mapped_filesystem_whenItsTargetLiesBelowDev_isThereWithItsFlagsAndWhatIsBelow(Server server) {
        new MountChecks(server, true).filesystem_whenItsTargetLiesBelowDev_isThereWithItsFlagsAndWhatIsBelow();
    }

    @Case(notTheOracle = "it leaves out what is mounted below a source")
    void sysfs_whenItIsTheHosts_isReadOnlyWithNothingOfTheHostsBelow(Server server) {
        new MountChecks(server, false).sysfs_whenItIsTheHosts_isReadOnlyWithNothingOfTheHostsBelow();
    }

    @Case(notTheOracle = "it leaves out what is mounted below a source")
    void mapped_sysfs_whenItIsTheHosts_isReadOnlyWithNothingOfTheHostsBelow(Server server) {
        new MountChecks(server, true).sysfs_whenItIsTheHosts_isReadOnlyWithNothingOfTheHostsBelow();
    }

    @Case(notTheOracle = "it makes what is missing and says so in other words")
    void start_whenItFails_saysWhatWasTriedOnWhichRootAndLeavesThatAsItWas(Server server) throws IOException {
        new MountChecks(server, false).start_whenItFails_saysWhatWasTriedOnWhichRootAndLeavesThatAsItWas();
    }

    @Case(notTheOracle = "it makes what is missing and says so in other words")
    void mapped_start_whenItFails_saysWhatWasTriedOnWhichRootAndLeavesThatAsItWas(Server server) throws IOException {
        new MountChecks(server, true).start_whenItFails_saysWhatWasTriedOnWhichRootAndLeavesThatAsItWas();
    }
}
