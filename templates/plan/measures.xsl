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

  <!-- In the place of the rows on paper. -->
  <xsl:template name="row">
    <xsl:param name="number"/>
    <xsl:param name="id"/>
    <xsl:variable name="title"><xsl:apply-templates select="p:action" mode="plain"/></xsl:variable>
    <xsl:variable name="deadline"><xsl:apply-templates select="p:deadline" mode="plain"/></xsl:variable>
    <measure number="{$number}" id="{f:either(@id, $id)}" at="{px:at(.)}"
             title="{normalize-space($title)}" deadline="{normalize-space($deadline)}"
             when="{normalize-space(f:either(p:deadline/@means, $deadline))}">
      <xsl:choose>
        <xsl:when test="p:responsible/p:ref">
          <xsl:for-each select="p:responsible/p:ref">
            <xsl:variable name="name"><xsl:apply-templates select="." mode="plain"/></xsl:variable>
            <party><xsl:value-of select="normalize-space($name)"/></party>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <xsl:variable name="name"><xsl:apply-templates select="p:responsible" mode="plain"/></xsl:variable>
          <party split="yes"><xsl:value-of select="normalize-space($name)"/></party>
        </xsl:otherwise>
      </xsl:choose>
    </measure>
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
