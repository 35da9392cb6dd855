<?xml version="1.0" encoding="UTF-8"?>
<!-- Everything that entry templates share. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>
  <xsl:include href="settings.xsl"/>
  <xsl:include href="number.xsl"/>
  <xsl:include href="style.xsl"/>
  <xsl:include href="page.xsl"/>
  <xsl:include href="text.xsl"/>
  <xsl:include href="reference.xsl"/>
  <xsl:include href="letterhead.xsl"/>
  <xsl:include href="points.xsl"/>
  <xsl:include href="wording.xsl"/>
  <xsl:include href="signature.xsl"/>
  <xsl:include href="mark.xsl"/>
  <xsl:include href="approval.xsl"/>
  <xsl:include href="sheets.xsl"/>
  <xsl:include href="qr.xsl"/>
  <xsl:include href="table.xsl"/>
  <xsl:include href="appendix.xsl"/>
  <xsl:include href="../roadmap/roadmap.xsl"/>
</xsl:stylesheet>
