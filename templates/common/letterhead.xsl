<?xml version="1.0" encoding="UTF-8"?>
<!-- Бланк: arms or emblem, the issuing body, the kind, date and number, place, heading (requisites
     01, 02, 05-11, 13, 14, 17): lengthwise, centred over the text, or in the left corner. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <xsl:variable name="in-corner" select="$set/p:letterhead/@layout = 'corner'"/>

  <xsl:template name="letterhead">
    <xsl:choose>
      <xsl:when test="$in-corner"><xsl:call-template name="corner-letterhead"/></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="top"/>
        <xsl:call-template name="letterhead-lines"/>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="p:heading"/>
  </xsl:template>

  <xsl:template name="letterhead-lines">
    <xsl:choose>
      <xsl:when test="p:issuer"><xsl:apply-templates select="p:issuer"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="office-issuer"/></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="kind"/>
    <xsl:call-template name="registration"/>
    <xsl:call-template name="place"/>
  </xsl:template>

  <!-- Угловой бланк: its lines in a zone at the left, the marks of the first sheet beside it. -->
  <xsl:template name="corner-letterhead">
    <xsl:variable name="zone" select="f:mm($set/p:letterhead/@corner-width)"/>
    <fo:table xsl:use-attribute-sets="plain-table" keep-with-next.within-page="always">
      <fo:table-column column-width="{$zone}mm"/>
      <fo:table-column column-width="{$text-width - $zone}mm"/>
      <fo:table-body role="Div">
        <fo:table-row role="Div" keep-together.within-page="always">
          <fo:table-cell role="Div">
            <xsl:call-template name="arms">
              <xsl:with-param name="width" select="$zone"/>
            </xsl:call-template>
            <xsl:if test="$arms-room &gt; 0">
              <fo:block-container role="Div" height="{$arms-room}mm"><fo:block/></fo:block-container>
            </xsl:if>
            <xsl:call-template name="letterhead-lines"/>
          </fo:table-cell>
          <fo:table-cell role="Div"
                         start-indent="{$text-width - $zone - $sheet-mark-width}mm">
            <xsl:call-template name="sheet-marks"/>
            <fo:block/>
          </fo:table-cell>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <!-- ===================================================== above the names -->

  <!-- What stands over a lengthwise blank: the arms in the top margin, and at the right the marks
       of the first sheet; the names begin below both. -->
  <xsl:template name="top">
    <xsl:call-template name="arms">
      <xsl:with-param name="width" select="$text-width"/>
    </xsl:call-template>
    <xsl:if test="$arms-room &gt; 0 or p:restriction or @draft = 'yes'">
      <fo:table xsl:use-attribute-sets="plain-table" keep-with-next.within-page="always">
        <fo:table-column column-width="100%"/>
        <fo:table-body role="Div">
          <fo:table-row role="Div" keep-together.within-page="always">
            <xsl:if test="$arms-room &gt; 0">
              <xsl:attribute name="height"><xsl:value-of select="concat($arms-room, 'mm')"/></xsl:attribute>
            </xsl:if>
            <fo:table-cell role="Div" start-indent="{$text-width - $sheet-mark-width}mm">
              <xsl:if test="p:restriction or @draft = 'yes'">
                <xsl:attribute name="padding-bottom">
                  <xsl:value-of select="$set/p:restriction/@after"/>
                </xsl:attribute>
              </xsl:if>
              <xsl:call-template name="sheet-marks"/>
              <fo:block/>
            </fo:table-cell>
          </fo:table-row>
        </fo:table-body>
      </fo:table>
    </xsl:if>
  </xsl:template>

  <xsl:variable name="sheet-mark-width" select="f:mm($set/p:restriction/@width)"/>

  <!-- ПРОЕКТ and the restriction mark with the number of the copy. -->
  <xsl:template name="sheet-marks">
    <xsl:if test="@draft = 'yes'">
      <fo:block xsl:use-attribute-sets="requisite" role="P"
                text-align="{$set/p:restriction/@align}">
        <xsl:value-of select="f:text('draft')"/>
      </fo:block>
    </xsl:if>
    <xsl:apply-templates select="p:restriction"/>
  </xsl:template>

  <xsl:template match="p:restriction">
    <fo:block xsl:use-attribute-sets="requisite" role="P"
              text-align="{$set/p:restriction/@align}">
      <xsl:call-template name="at"/>
      <xsl:choose>
        <xsl:when test="node()"><xsl:apply-templates/></xsl:when>
        <xsl:otherwise><xsl:value-of select="f:text('restricted')"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@copy">
        <fo:block/>
        <xsl:value-of select="concat(f:text('copy'), ' ', f:number(@copy))"/>
      </xsl:if>
    </fo:block>
  </xsl:template>

  <!-- ===================================================== coat of arms, emblem -->

  <!-- The picture: the issuer's, else the profile's (whose path begins where the profile lies). -->
  <xsl:variable name="arms-file">
    <xsl:choose>
      <xsl:when test="$order/p:issuer/p:coat | $order/p:issuer/p:emblem">
        <xsl:value-of select="($order/p:issuer/p:coat | $order/p:issuer/p:emblem)/@href"/>
      </xsl:when>
      <xsl:when test="$order and concat(string($set/p:letterhead/@coat),
                                        string($set/p:letterhead/@emblem)) != ''">
        <xsl:value-of select="concat($profile-folder, string($set/p:letterhead/@coat))"/>
        <xsl:if test="$set/p:letterhead/@coat = ''">
          <xsl:value-of select="$set/p:letterhead/@emblem"/>
        </xsl:if>
      </xsl:when>
    </xsl:choose>
  </xsl:variable>

  <xsl:variable name="arms-height">
    <xsl:choose>
      <xsl:when test="$order/p:issuer/*/@height">
        <xsl:value-of select="f:mm($order/p:issuer/*/@height)"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="f:mm($set/p:letterhead/@coat-height)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <!-- How far below the top margin the names begin, in millimetres. -->
  <xsl:variable name="arms-room" select="($arms-file != '')
    * (f:mm($set/p:letterhead/@coat-top) + $arms-height
       + f:mm($set/p:letterhead/@coat-after) - f:mm($set/p:page/@margin-top))"/>

  <!-- In the top margin, centred over the names in their zone of `width` millimetres. -->
  <xsl:template name="arms">
    <xsl:param name="width"/>
    <xsl:if test="$arms-file != ''">
      <fo:block-container role="Div" absolute-position="fixed"
                          left="{$set/p:page/@margin-left}" width="{$width}mm"
                          top="{$set/p:letterhead/@coat-top}" height="{$arms-height}mm">
        <fo:block text-align="center" text-indent="0pt" line-height="0pt" font-size="0.01pt">
          <xsl:for-each select="p:issuer/p:coat | p:issuer/p:emblem">
            <xsl:call-template name="at"/>
          </xsl:for-each>
          <fo:external-graphic role="Figure" src="url('{$arms-file}')"
                               content-height="{$arms-height}mm" content-width="auto"
                               vertical-align="top">
            <xsl:attribute name="px:alt">
              <xsl:choose>
                <xsl:when test="p:issuer/*/@alt"><xsl:value-of select="p:issuer/*/@alt"/></xsl:when>
                <xsl:when test="p:issuer/p:emblem or (not(p:issuer/p:coat)
                                and $set/p:letterhead/@coat = '')">
                  <xsl:value-of select="f:text('emblem')"/>
                </xsl:when>
                <xsl:otherwise><xsl:value-of select="f:text('coat')"/></xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </fo:external-graphic>
        </fo:block>
      </fo:block-container>
    </xsl:if>
  </xsl:template>

  <!-- ===================================================== issuing body -->

  <xsl:template match="p:issuer">
    <xsl:apply-templates select="*[not(self::p:coat or self::p:emblem)]"/>
  </xsl:template>

  <xsl:template match="p:issuer/p:reference">
    <fo:block xsl:use-attribute-sets="requisite-letterhead" role="P"
              font-size="{$set/p:letterhead/@reference-size}" space-before="6pt">
      <xsl:call-template name="at"/>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <xsl:template match="p:issuer/p:body | p:issuer/p:subdivision | p:issuer/p:post">
    <fo:block xsl:use-attribute-sets="requisite-letterhead" role="P"
              font-weight="{f:setting('letterhead', concat(local-name(), '-weight'))}">
      <xsl:call-template name="at"/>
      <xsl:if test="preceding-sibling::*[not(self::p:coat or self::p:emblem)]">
        <xsl:attribute name="space-before">8pt</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <!-- The body as the profile names it. -->
  <xsl:template name="office-issuer">
    <xsl:call-template name="office-line">
      <xsl:with-param name="name" select="'body'"/>
    </xsl:call-template>
    <xsl:call-template name="office-line">
      <xsl:with-param name="name" select="'subdivision'"/>
    </xsl:call-template>
    <xsl:call-template name="office-line">
      <xsl:with-param name="name" select="'post'"/>
    </xsl:call-template>
    <xsl:if test="$set/p:office/@reference != ''">
      <fo:block xsl:use-attribute-sets="requisite-letterhead" role="P"
                font-size="{$set/p:letterhead/@reference-size}" space-before="6pt">
        <xsl:value-of select="$set/p:office/@reference"/>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <xsl:template name="office-line">
    <xsl:param name="name"/>
    <xsl:variable name="text" select="f:setting('office', $name)"/>
    <xsl:if test="$text != ''">
      <fo:block xsl:use-attribute-sets="requisite-letterhead" role="P"
                font-weight="{f:setting('letterhead', concat($name, '-weight'))}">
        <xsl:value-of select="$text"/>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- ===================================================== kind -->

  <xsl:template name="kind">
    <fo:block xsl:use-attribute-sets="requisite-letterhead" role="P"
              font-weight="{$set/p:letterhead/@kind-weight}"
              space-before="{$set/p:letterhead/@before-kind}">
      <xsl:choose>
        <xsl:when test="@extract">
          <xsl:value-of select="f:upper(concat(f:text('extract'), ' ', f:word(@kind, 'gen')))"/>
        </xsl:when>
        <xsl:when test="$set/p:letterhead/@kind-spaced = 'yes'">
          <xsl:value-of select="f:spaced(f:upper(@kind))"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="f:upper(@kind)"/></xsl:otherwise>
      </xsl:choose>
    </fo:block>
  </xsl:template>

  <!-- ===================================================== date and number -->

  <!-- What is not yet known is a rule to fill in by hand. -->
  <xsl:variable name="order-date">
    <xsl:value-of select="$set/p:registration/@prefix"/>
    <xsl:choose>
      <xsl:when test="$order/@date != ''">
        <xsl:value-of select="f:date($order/@date, string($set/p:registration/@date))"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$set/p:registration/@blank"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:variable name="order-number">
    <xsl:choose>
      <xsl:when test="$order/@number != ''"><xsl:value-of select="f:number($order/@number)"/></xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="f:number(string($set/p:registration/@blank))"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:template name="registration">
    <fo:block xsl:use-attribute-sets="requisite-letterhead" role="P"
              space-before="{$set/p:letterhead/@before-date}">
      <xsl:choose>
        <xsl:when test="$set/p:registration/@line = 'apart'">
          <xsl:attribute name="text-align">left</xsl:attribute>
          <xsl:attribute name="text-align-last">justify</xsl:attribute>
          <xsl:value-of select="$order-date"/>
          <fo:leader leader-pattern="space" leader-length.minimum="0pt"
                     leader-length.optimum="12pt" leader-length.maximum="100%"/>
          <xsl:value-of select="$order-number"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:value-of select="concat($order-date, ' ', $order-number)"/>
        </xsl:otherwise>
      </xsl:choose>
    </fo:block>
  </xsl:template>

  <!-- ===================================================== place -->

  <xsl:template name="place">
    <xsl:variable name="place">
      <xsl:choose>
        <xsl:when test="@place"><xsl:value-of select="@place"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$set/p:office/@place"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:if test="$place != ''">
      <fo:block xsl:use-attribute-sets="requisite-letterhead" role="P"
                space-before="{$set/p:letterhead/@before-place}">
        <xsl:value-of select="$place"/>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- ===================================================== heading -->

  <xsl:template match="p:order/p:heading">
    <xsl:variable name="set-width" select="string($set/p:heading/@width)"/>
    <xsl:variable name="width">
      <xsl:choose>
        <xsl:when test="$set-width != 'auto'"><xsl:value-of select="$set-width"/></xsl:when>
        <xsl:when test="$in-corner"><xsl:value-of select="$set/p:heading/@corner-width"/></xsl:when>
        <xsl:otherwise>100%</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="set-align" select="string($set/p:heading/@align)"/>
    <fo:block xsl:use-attribute-sets="requisite-centered" role="H1" id="order"
              font-weight="{$set/p:heading/@weight}"
              space-before="{$set/p:heading/@before}"
              space-after="{$set/p:heading/@after}">
      <xsl:call-template name="at"/>
      <xsl:attribute name="text-align">
        <xsl:choose>
          <xsl:when test="$set-align != 'auto'"><xsl:value-of select="$set-align"/></xsl:when>
          <xsl:when test="$in-corner">left</xsl:when>
          <xsl:otherwise>center</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:if test="$width != '100%'">
        <xsl:attribute name="end-indent">
          <xsl:value-of select="concat($text-width - f:mm($width), 'mm')"/>
        </xsl:attribute>
      </xsl:if>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <!-- Width of the text on a standing sheet, a number of millimetres. -->
  <xsl:variable name="text-width" select="210 - f:mm($set/p:page/@margin-left)
                                              - f:mm($set/p:page/@margin-right)"/>
</xsl:stylesheet>
