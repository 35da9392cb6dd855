<?xml version="1.0" encoding="UTF-8"?>
<!-- The measures of a document as a flat list, numbered by the templates that print them:
     <measures> with <measure number id at when section title> and in it <party> elements.
     `when` is what the deadline means: its attribute, else its wording. `label` names the
     document, «Приказ от 27.01.2021 № 54», where it has a number. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:exsl="http://exslt.org/common"
                extension-element-prefixes="exsl" exclude-result-prefixes="fo px p f">

  <xsl:import href="../common/common.xsl"/>

  <xsl:template match="/">
    <xsl:variable name="title">
      <xsl:apply-templates select="(p:order/p:heading | p:appendix/p:title)[1]" mode="plain"/>
    </xsl:variable>
    <xsl:variable name="order" select="(p:order | p:appendix/p:mark)[@number != '']"/>
    <measures title="{normalize-space($title)}" date="{p:order/@date | p:appendix/p:mark/@date}">
      <xsl:attribute name="label">
        <xsl:if test="$order">
          <xsl:value-of select="f:capital(f:either($order/@kind, 'документ'))"/>
          <xsl:if test="$order/@date != ''">
            <xsl:value-of select="concat(' ', f:text('from'), '&#160;', $order/@date)"/>
          </xsl:if>
          <xsl:value-of select="concat(' ', f:number($order/@number))"/>
        </xsl:if>
      </xsl:attribute>
      <xsl:for-each select="//p:roadmap">
        <xsl:variable name="rows">
          <xsl:call-template name="rows">
            <xsl:with-param name="table" select="."/>
            <xsl:with-param name="cells" select="/.."/>
            <xsl:with-param name="name" select="f:table-name(.)"/>
            <xsl:with-param name="numbering" select="f:either(@numbering, '1.1.')"/>
          </xsl:call-template>
        </xsl:variable>
        <xsl:apply-templates select="exsl:node-set($rows)/*" mode="flat"/>
      </xsl:for-each>
    </measures>
  </xsl:template>

  <!-- In the place of the rows on paper. Most cells hold nothing but text, and most references a
       party with a short name: these are taken as they are. -->
  <xsl:template name="row">
    <xsl:param name="number"/>
    <xsl:param name="id"/>
    <xsl:variable name="deadline"><xsl:apply-templates select="p:deadline" mode="words"/></xsl:variable>
    <measure number="{$number}" id="{$id}" at="{px:at(.)}">
      <xsl:copy-of select="@id"/>
      <xsl:attribute name="title"><xsl:apply-templates select="p:action" mode="words"/></xsl:attribute>
      <xsl:attribute name="deadline"><xsl:value-of select="$deadline"/></xsl:attribute>
      <xsl:attribute name="when">
        <xsl:choose>
          <xsl:when test="p:deadline/@means">
            <xsl:value-of select="normalize-space(p:deadline/@means)"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$deadline"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:choose>
        <xsl:when test="p:responsible/p:ref">
          <xsl:for-each select="p:responsible/p:ref">
            <xsl:variable name="short" select="key('id', @to)/@short"/>
            <xsl:choose>
              <xsl:when test="$short and not(@form or @capital or node())">
                <party><xsl:value-of select="$short"/></party>
              </xsl:when>
              <xsl:otherwise><party><xsl:apply-templates select="." mode="words"/></party></xsl:otherwise>
            </xsl:choose>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <party split="yes"><xsl:apply-templates select="p:responsible" mode="words"/></party>
        </xsl:otherwise>
      </xsl:choose>
    </measure>
  </xsl:template>

  <xsl:template match="*" mode="words">
    <xsl:value-of select="normalize-space(.)"/>
  </xsl:template>

  <xsl:template match="*[*] | p:ref" mode="words">
    <xsl:variable name="text"><xsl:apply-templates select="." mode="plain"/></xsl:variable>
    <xsl:value-of select="normalize-space($text)"/>
  </xsl:template>

  <!-- What stands on lines of its own on paper is parted by spaces here. -->
  <xsl:template match="p:item | p:p" mode="plain">
    <xsl:text> </xsl:text>
    <xsl:apply-templates mode="plain"/>
    <xsl:text> </xsl:text>
  </xsl:template>

  <xsl:template match="measure" mode="flat">
    <xsl:copy-of select="."/>
  </xsl:template>

  <!-- A section's row, whose cells are its number and title, or both in one. -->
  <xsl:template match="fo:table-row" mode="flat">
    <section>
      <xsl:attribute name="title">
        <xsl:for-each select="fo:table-cell">
          <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
          <xsl:value-of select="normalize-space(translate(., '&#160;', ' '))"/>
        </xsl:for-each>
      </xsl:attribute>
    </section>
  </xsl:template>
</xsl:stylesheet>
