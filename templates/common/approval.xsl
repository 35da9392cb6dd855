<?xml version="1.0" encoding="UTF-8"?>
<!-- Гриф согласования and отметка о заверении копии (requisites 20, 26), and the lines they share
     with УТВЕРЖДАЮ: post, signature (a rule, or the frame of an electronic one) and name, date. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <!-- Of the current element: its signature's post, a rule to sign on with the name, the date. -->
  <xsl:template name="personal-lines">
    <xsl:for-each select="p:signature">
      <fo:block role="P">
        <xsl:call-template name="at"/>
        <xsl:call-template name="acting"/>
        <xsl:apply-templates select="p:post"/>
      </fo:block>
      <xsl:if test="f:has-frame(.)">
        <fo:block role="Div" space-before="4pt"><xsl:call-template name="frame"/></fo:block>
      </xsl:if>
      <fo:block role="P" space-before="6pt" wrap-option="no-wrap">
        <xsl:if test="not(f:has-frame(.))">
          <xsl:value-of select="concat(f:text('blank-name'), '&#160;')"/>
        </xsl:if>
        <xsl:apply-templates select="p:name"/>
      </fo:block>
    </xsl:for-each>
    <fo:block role="P" space-before="4pt"><xsl:call-template name="date-line"/></fo:block>
  </xsl:template>

  <!-- The current element's date, or a rule to write it on. -->
  <xsl:template name="date-line">
    <xsl:choose>
      <xsl:when test="@date">
        <xsl:value-of select="f:date(@date, string($set/p:registration/@date))"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="f:text('blank-date')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===================================================== СОГЛАСОВАНО -->

  <!-- `before`: space over it; nothing: none. -->
  <xsl:template match="p:agreed">
    <xsl:param name="before"/>
    <fo:block role="Div" xsl:use-attribute-sets="requisite">
      <xsl:call-template name="at"/>
      <xsl:if test="string($before) != ''">
        <xsl:attribute name="space-before"><xsl:value-of select="$before"/></xsl:attribute>
      </xsl:if>
      <fo:block role="P" keep-with-next.within-page="always">
        <xsl:value-of select="f:text('agreed')"/>
      </fo:block>
      <xsl:choose>
        <xsl:when test="p:act">
          <fo:block role="P">
            <xsl:apply-templates select="p:act">
              <xsl:with-param name="case" select="'ins'"/>
              <xsl:with-param name="capital" select="true()"/>
            </xsl:apply-templates>
          </fo:block>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="personal-lines"/></xsl:otherwise>
      </xsl:choose>
    </fo:block>
  </xsl:template>

  <!-- Those under the signature, flush left. -->
  <xsl:template name="agreed-last">
    <xsl:for-each select="self::p:order/p:agreed[@place = 'first']">
      <xsl:call-template name="say"><xsl:with-param name="message" select="'agreed-first'"/></xsl:call-template>
    </xsl:for-each>
    <xsl:for-each select="p:agreed[not(@place) or @place = 'last']">
      <fo:block role="Div" end-indent="{$text-width - f:mm($set/p:agreed/@width)}mm"
                text-indent="0pt">
        <xsl:apply-templates select=".">
          <xsl:with-param name="before" select="string($set/p:agreed/@before)"/>
        </xsl:apply-templates>
      </fo:block>
    </xsl:for-each>
  </xsl:template>

  <!-- ===================================================== «Верно» -->

  <xsl:template match="p:certified">
    <fo:block role="Div" xsl:use-attribute-sets="requisite"
              space-before="{$set/p:agreed/@before}">
      <xsl:call-template name="at"/>
      <fo:block role="P" keep-with-next.within-page="always">
        <xsl:value-of select="f:text('certified')"/>
      </fo:block>
      <xsl:apply-templates select="p:signature">
        <xsl:with-param name="before" select="'6pt'"/>
      </xsl:apply-templates>
      <fo:block role="P" space-before="6pt">
        <xsl:call-template name="date-line"/>
        <xsl:if test="@seal = 'yes'">
          <xsl:value-of select="concat('&#160;&#160;&#160;&#160;&#160;&#160;', f:text('seal'))"/>
        </xsl:if>
      </fo:block>
      <xsl:if test="@keeper">
        <fo:block role="P" space-before="6pt">
          <xsl:value-of select="concat(f:text('keeper'), ' ', @keeper)"/>
          <xsl:if test="@file">
            <xsl:value-of select="concat(' ', f:text('file'), ' ', f:number(@file))"/>
          </xsl:if>
          <xsl:if test="@year"><xsl:value-of select="concat(' ', f:fill('file-year', @year, ''))"/></xsl:if>
          <xsl:text>.</xsl:text>
        </fo:block>
      </xsl:if>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
